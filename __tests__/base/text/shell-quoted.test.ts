import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { shellQuoted, shellWord } from '../../../base/text/shell-quoted';

it('is one word for a shell, with every character as it was', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z'"$`\\\\ \n*!~;&|<>(){}-]{0,12}$/), (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellQuoted(text)}`], { encoding: 'utf8' })).toBe(text);
    }),
    { numRuns: 40 },
  );
});

it('has quotes only where it needs them', () => {
  for (const plain of ['lab-azure-default', 'a.b_c', 'vnet2']) expect(shellWord(plain)).toBe(plain);
  expect(['Lab (test)', '', 'ラボ', 'a;b'].map(shellWord)).toEqual(["'Lab (test)'", "''", "'ラボ'", "'a;b'"]);
});
