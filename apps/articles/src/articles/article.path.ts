import { Transform } from 'class-transformer';
import { IsInt } from 'class-validator';

/** The id in the path of one article. */
export class ArticlePath {
  /** What cannot be an id becomes 0, which no article has: it is answered 404 like every unknown id. */
  @Transform(({ value }) => (/^[1-9]\d{0,9}$/.test(String(value)) ? Number(value) : 0))
  @IsInt()
  id!: number;
}
