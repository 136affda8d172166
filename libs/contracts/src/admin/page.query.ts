import { IsInt, Max, Min } from 'class-validator';
import { Characters } from '../validation/characters.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';
import { WholeNumber } from '../validation/whole-number.decorator.js';

/** Which page of a list whose entries are known by ids. */
export class PageQuery {
  /** How many entries at most. */
  @IfPresent()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 50;

  /** The id of the last entry of the page before. */
  @IfPresent()
  @Characters(1, 64)
  after?: string;
}
