import { Controller } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { describe, expect, it } from 'vitest';
import { AccessMisconfigured } from '../errors/access-misconfigured.error.js';
import { startGuardedApp } from '../testing/guarded.app.js';
import { RemoteIdentityModule } from './remote-identity.module.js';

@WebSocketGateway()
class Room {
  @SubscribeMessage('say')
  say() {}
}

@Controller()
class Asked {
  @MessagePattern('ask')
  ask() {
    return 'answer';
  }
}

@Controller()
class Told {
  @EventPattern('tell')
  tell(@Payload() words: string) {
    return words;
  }
}

const access = RemoteIdentityModule.forRoot({ issuer: 'https://id.example.com', audience: 'gatehouse' });

describe('a service that asks identity about every request', () => {
  it.each([
    ['a gateway', [], [Room], 'Room'],
    ['a message handler', [Asked], [], 'Asked'],
    ['an event handler', [Told], [], 'Told'],
  ])('does not start with %s, which it could not guard', async (_what, controllers, providers, name) => {
    const starting = startGuardedApp(controllers, access, { providers });
    await expect(starting).rejects.toThrow(AccessMisconfigured);
    await expect(starting).rejects.toThrow(`${name}: guard messages by AccessModule`);
  });

  it('names wrong options with their remedy', () => {
    expect(() => RemoteIdentityModule.forRoot({ issuer: 'x', audience: '' })).toThrow(
      /issuer: give .*\n.*audience: give /,
    );
    const options = { issuer: 'https://id.example.com', audience: 'gatehouse' };
    expect(() => RemoteIdentityModule.forRoot({ ...options, timeout: 0 })).toThrow(/timeout: give /);
  });
});
