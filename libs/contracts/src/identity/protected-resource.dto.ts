import { ArrayNotEmpty, IsArray, IsIn, IsOptional, IsString } from 'class-validator';

/** What a guarded service tells clients about itself (RFC 9728 §2). */
export class ProtectedResourceMetadata {
  /** The service's public URL. */
  @IsString()
  resource!: string;

  /** The issuers whose tokens it takes. */
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  authorization_servers!: string[];

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  scopes_supported?: readonly string[];

  @IsArray()
  @IsIn(['header'], { each: true })
  bearer_methods_supported!: ['header'];
}
