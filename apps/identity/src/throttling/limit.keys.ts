import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { normalizedEmail } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../identity.config.js';

/** Groups of an IPv6 address that tell networks apart: within a /64 one machine may take any address (RFC 4291 §2.5.1). */
const NETWORK_GROUPS = 4;

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** What attempts are counted by. */
@Injectable()
export class LimitKeys {
  private readonly secret: string;

  constructor({ tokenSecret }: IdentityConfig) {
    this.secret = tokenSecret;
  }

  /** Of the address that was submitted, whoever has it: hashed, so that no list of addresses comes about. */
  ofAccount(email: string): string {
    return createHmac('sha256', this.secret)
      .update(`throttling ${normalizedEmail(email)}`)
      .digest('base64url');
  }

  /** Of a network address: of IPv6, the network it is in. */
  ofNetwork(address: string): string {
    const [, mapped] = MAPPED.exec(address) ?? [];
    if (mapped) return mapped;
    return isIPv6(address) ? `${groupsOf(address).slice(0, NETWORK_GROUPS).join(':')}::/64` : address;
  }
}

/** The eight groups of an IPv6 address (RFC 4291 §2.2), without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('%', 1)[0]!.toLowerCase().split('::');
  const front = head.split(':').filter(Boolean);
  const back = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...zeros, ...back].map((group) => group.replace(/^0+(?=.)/, ''));
}
