import { CurrentPrincipal, type Principal } from '@gatehouse/access';
import { BrowserUser } from '@gatehouse/contracts';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OwnAccount } from '../../accounts/own/own-account.service.js';
import { UserGuard } from '../../accounts/user.guard.js';
import { userResponse } from '../../accounts/user.response.js';
import { NotStored } from '../../tokens/not-stored.decorator.js';

/** Who is signed in, by cookie or bearer; there whichever doors are open. */
@UseGuards(UserGuard)
@ApiTags('doors')
@ApiBearerAuth('bearer')
@Controller('current_user')
export class CurrentUserController {
  constructor(private readonly account: OwnAccount) {}

  @Get()
  @NotStored()
  @ApiOkResponse({ type: BrowserUser })
  async show(@CurrentPrincipal() { id }: Principal): Promise<BrowserUser> {
    const user = await this.account.get(id);
    return { message: 'Success', data: userResponse(user), result_code: 'success' };
  }
}
