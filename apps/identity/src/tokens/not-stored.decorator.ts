import { applyDecorators, Header } from '@nestjs/common';

/** For answers that hold a token or another secret: RFC 6749 §5.1 asks for both headers. */
export const NotStored = (): MethodDecorator =>
  applyDecorators(Header('Cache-Control', 'no-store'), Header('Pragma', 'no-cache'));
