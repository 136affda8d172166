import { describe, expect, it } from 'vitest';
import { markup } from './markup.js';

describe('markup', () => {
  it('escapes what is put into it, in texts and in attributes', () => {
    const hostile = `"><script>alert('1')</script>&`;
    expect(markup`<input value="${hostile}">`.toString()).toBe(
      '<input value="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">',
    );
  });

  it('leaves what was made the same way as it is, alone and in lists', () => {
    const items = ['a', '<b>'].map((text) => markup`<li>${text}</li>`);
    expect(markup`<ul>${items}</ul>${markup`<p>c</p>`}`.toString()).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul><p>c</p>',
    );
  });
});
