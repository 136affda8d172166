import { IsInt, Max, Min } from 'class-validator';
import { Characters } from '../validation/characters.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';
import { WholeNumber } from '../validation/whole-number.decorator.js';

/** How much of a list is answered with at a time. */
class PageSize {
  /** How many entries at most. */
  @IfPresent()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 50;
}

/** Which page of a list whose entries are known by ids. */
export class PageQuery extends PageSize {
  /** The id of the last entry of the page before. */
  @IfPresent()
  @Characters(1, 64)
  after?: string;
}

/** Which page of a list whose entries are numbered. */
export class NumberedPageQuery extends PageSize {
  /** Only entries whose number is greater. */
  @IfPresent()
  @WholeNumber()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;
}
