import { expect, it } from 'vitest';
import { headerOf, laterHeader } from './header.ts';

const directives = '#separator \\x09\n#fields\tts\tuid\n#types\ttime\tstring\n';

it('headerOf: directives go before every slice, records never', () => {
  expect(headerOf(`${directives}1\tC1\n`)).toBe(directives);
  expect(headerOf('{"ts":1}\n{"ts":2}\n')).toBe('');
  expect(headerOf('')).toBe('');
});

it('laterHeader: the last directives inside a slice, from its beginning on too', () => {
  expect(laterHeader(`\n1\tC1\n${directives}2\tC2\n`)).toBe(directives);
  expect(laterHeader(`\n${directives}2\tC2\n`)).toContain('#fields');
  expect(laterHeader('\n1\tC1\n# fields are no header\n')).toBeNull();
});
