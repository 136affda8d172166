import type { Principal } from '@gatehouse/access';
import { Forbidden } from '@gatehouse/contracts';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';

/** Lets users in, and no services: those have no account. It comes after the guard that says who is calling. */
@Injectable()
export class UserGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { user } = context.switchToHttp().getRequest<{ user: Principal }>();
    if (user.kind !== 'user') throw new Forbidden('This is for people: a service has no account.');
    return true;
  }
}
