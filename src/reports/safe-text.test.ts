import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reveal, show, showDefanged, showSentence } from './safe-text.ts';

describe('reveal', () => {
  it('writes out what is invisible, reorders or ends text', () => {
    expect(reveal('a\u001b[31mb\u202ec\u200bd\ne\u2028f\ud800g')).toBe(
      'a\\u{1b}[31mb\\u{202e}c\\u{200b}d\\u{a}e\\u{2028}f\\u{d800}g',
    );
  });

  it('leaves visible text of any script as it is', () => {
    const text = 'invoice für Łódź 漢字 العربية 🜁 <b>|`';
    expect(reveal(text)).toBe(text);
  });

  it('leaves nothing that acts, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(reveal(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('show', () => {
  it('says how much it left out', () => {
    expect(show('abcdef', 4)).toBe('abcd… (2 more characters)');
    expect(show('abcd', 4)).toBe('abcd');
  });

  it('does not cut a character in two', () => {
    expect(show('abc🜁x', 4)).toBe('abc… (3 more characters)');
  });
});

describe('showDefanged', () => {
  it.each([
    ['a.workers.dev', 'a[.]workers[.]dev'],
    ['https://script.google.com/macros/s/x.y/exec', 'hxxps://script[.]google[.]com/macros/s/x.y/exec'],
    ['198.51.100.7', '198[.]51[.]100[.]7'],
  ])('%s', (value, shown) => expect(showDefanged(value)).toBe(shown));
});

describe('showSentence', () => {
  it('defangs names at and under the known apex, and nothing else', () => {
    const text = 'dns.query for b.acct.workers.dev and workers.dev; see dns.log.gz. Not evilworkers.dev.';
    expect(showSentence(text, ['a.acct.workers.dev'])).toBe(
      'dns.query for b[.]acct[.]workers[.]dev and workers[.]dev; see dns.log.gz. Not evilworkers.dev.',
    );
  });

  it('keeps the full stop of the sentence', () => {
    expect(showSentence('It asked for a.on.aws.', ['a.on.aws'])).toBe('It asked for a[.]on[.]aws.');
  });

  it('defangs every URL scheme it meets', () => {
    expect(showSentence('GET HTTPS://x.example/a http://y.example')).toBe('GET hxxpS://x.example/a hxxp://y.example');
  });

  it('takes the host out of a known URL', () => {
    expect(showSentence('host c2.example', ['https://u@c2.example:8443/x.php'])).toBe('host c2[.]example');
  });
});
