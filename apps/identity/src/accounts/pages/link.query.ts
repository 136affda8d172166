import { Characters, IfPresent } from '@gatehouse/contracts';

/** The query of a link in a mail. */
export class LinkQuery {
  @IfPresent()
  @Characters(0, 255)
  token = '';
}
