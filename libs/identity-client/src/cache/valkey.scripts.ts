/**
 * The place of an owner's answers: a new one when there is none, or when it is of an era that is over. It and the
 * links to it are remembered anew.
 *
 * KEYS: the era, the place, the links. ARGV: an id for a new place, seconds to remember, the owner.
 */
export const PLACE_OF_OWNER = `
  local era = redis.call('GET', KEYS[1]) or '0'
  local place = redis.call('GET', KEYS[2])
  if not place or place:match('^[^.]*') ~= era then place = era .. '.' .. ARGV[1] end
  redis.call('SET', KEYS[2], place, 'EX', ARGV[2])
  for link = 3, #KEYS do redis.call('SET', KEYS[link], ARGV[3], 'EX', ARGV[2]) end
  return place
`;
