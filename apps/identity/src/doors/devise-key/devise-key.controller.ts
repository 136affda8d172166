import { CurrentPrincipal, type Principal, Public } from '@gatehouse/access';
import { DeviseSignInRequest, DeviseToken } from '@gatehouse/contracts';
import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Origin, type RequestOrigin } from '../../audit/request.origin.js';
import { DeviseKeyDoor } from './devise-key.door.js';
import { MaySignInFail } from '../../documentation/response.decorators.js';
import { NotStored } from '../../tokens/not-stored.decorator.js';

@ApiTags('doors')
@Controller('api/users')
export class DeviseKeyController {
  constructor(private readonly door: DeviseKeyDoor) {}

  @Public()
  @Post()
  @HttpCode(200)
  @NotStored()
  @MaySignInFail()
  @ApiOkResponse({ type: DeviseToken })
  signIn(@Body() { user }: DeviseSignInRequest, @Origin() origin: RequestOrigin): Promise<DeviseToken> {
    return this.door.signIn(user, origin);
  }

  @Delete()
  @HttpCode(204)
  @ApiBearerAuth('bearer')
  @ApiNoContentResponse()
  signOut(@CurrentPrincipal() principal: Principal, @Origin() origin: RequestOrigin): Promise<void> {
    return this.door.signOut(principal, origin);
  }
}
