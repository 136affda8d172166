import type { Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { AllowAnonymous, Public, RequireRole, RequireScope } from '../decorators/access.decorators.js';
import { AccessRules } from './access.rules.js';

const rules = new AccessRules(new Reflector());
const ruleOf = (type: Type<{ handler(): void }>) => rules.of(type.prototype.handler, type);

class Plain {
  handler(): void {}
}

@Public()
class Open {
  handler(): void {}
}

@Public()
class OpenButForOne {
  @RequireScope('account')
  handler(): void {}
}

@RequireScope('admin')
@RequireRole('admin')
class Closed {
  @RequireScope('account')
  @RequireRole('editor', 'owner')
  handler(): void {}
}

@RequireScope('admin')
class ClosedButForOne {
  @Public()
  handler(): void {}
}

@AllowAnonymous()
class Optional {
  handler(): void {}
}

describe('the rule of a handler', () => {
  it('is to be guarded where nothing is said', () => {
    expect(ruleOf(Plain)).toEqual({ openness: 'guarded', scopes: [], roles: [], apiKey: false });
  });

  it('is what its class says', () => {
    expect(ruleOf(Open).openness).toBe('public');
    expect(ruleOf(Optional).openness).toBe('anonymous');
  });

  it('counts for more than its class: what requires a scope itself is not open', () => {
    expect(ruleOf(OpenButForOne)).toEqual({
      openness: 'guarded',
      scopes: ['account'],
      roles: [],
      apiKey: false,
    });
    expect(ruleOf(ClosedButForOne).openness).toBe('public');
  });

  it('adds what the class requires to what the handler requires', () => {
    expect(ruleOf(Closed)).toMatchObject({
      openness: 'guarded',
      scopes: ['admin', 'account'],
      roles: [['admin'], ['editor', 'owner']],
    });
  });

  it('is that of the class the handler runs in, also when it was inherited', () => {
    @Public()
    class Child extends Plain {}
    class Heir extends Closed {}
    expect(ruleOf(Child).openness).toBe('public');
    expect(ruleOf(Plain).openness).toBe('guarded');
    expect(ruleOf(Heir)).toEqual(ruleOf(Closed));
  });

  it.each([Open, Optional])('is not open because a class was that it inherits from: %o', (Base) => {
    class Heir extends Base {}
    @RequireScope('admin')
    class Strict extends Base {}
    expect(ruleOf(Heir).openness).toBe('guarded');
    expect(ruleOf(Strict)).toMatchObject({ openness: 'guarded', scopes: ['admin'] });
  });

  it('is worked out once', () => {
    expect(ruleOf(Plain)).toBe(ruleOf(Plain));
  });
});
