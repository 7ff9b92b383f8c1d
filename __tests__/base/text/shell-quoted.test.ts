import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { shellQuoted } from '../../../base/text/shell-quoted';

it('is one word for a shell, with every character as it was', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z'"$`\\\\ \n*!~;&|<>(){}-]{0,12}$/), (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellQuoted(text)}`], { encoding: 'utf8' })).toBe(text);
    }),
    { numRuns: 40 },
  );
});
