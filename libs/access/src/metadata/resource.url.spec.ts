import { describe, expect, it } from 'vitest';
import { metadataUrl } from './resource.url.js';

describe('the address of the metadata', () => {
  it('has the well-known part between host and path', () => {
    const wellKnown = '/.well-known/oauth-protected-resource';
    expect(metadataUrl('https://a.example')).toBe(`https://a.example${wellKnown}`);
    expect(metadataUrl('https://a.example/')).toBe(`https://a.example${wellKnown}`);
    expect(metadataUrl('https://a.example:8443/x/y')).toBe(`https://a.example:8443${wellKnown}/x/y`);
  });
});
