import { Public } from '@gatehouse/access';
import { UserToken, UserTokenRequest } from '@gatehouse/contracts';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { KnockDoor } from './knock.door.js';
import { MaySignInFail } from '../../documentation/response.decorators.js';
import { NotStored } from '../../tokens/not-stored.decorator.js';

@Public()
@ApiTags('doors')
@Controller('user_token')
export class KnockController {
  constructor(private readonly door: KnockDoor) {}

  @Post()
  @NotStored()
  @MaySignInFail()
  @ApiCreatedResponse({ type: UserToken })
  signIn(@Body() { auth }: UserTokenRequest, @Origin() origin: RequestOrigin): Promise<UserToken> {
    return this.door.signIn(auth, origin);
  }
}
