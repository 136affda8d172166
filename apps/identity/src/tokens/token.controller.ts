import { Public } from '@gatehouse/access';
import { TokenResponse } from '@gatehouse/contracts';
import { Body, Controller, Header, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Origin, type RequestOrigin } from '../audit/request.origin.js';
import { TokenEndpoint } from './token.endpoint.js';

@Public()
@ApiTags('oauth')
@Controller('oauth')
export class TokenController {
  constructor(private readonly endpoint: TokenEndpoint) {}

  @Post('token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: TokenResponse })
  token(
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
    @Origin() origin: RequestOrigin,
  ): Promise<TokenResponse> {
    return this.endpoint.answer({ body, authorization, origin });
  }
}
