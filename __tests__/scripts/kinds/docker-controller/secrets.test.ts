import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { digestOf } from '../../../../base/files';
import { secretsText, secretsVersion } from '../../../../scripts/kinds/docker-controller/secrets';
import { temporaryFolder } from '../../../support/catalog-folder';

describe('a file of secrets', () => {
  const folder = temporaryFolder();

  /** What a process gets that is started as the container's entrypoint starts it. */
  const given = (values: Readonly<Record<string, string>>) => {
    const file = join(folder, 'x.env');
    writeFileSync(file, secretsText(values));
    const program = 'process.stdout.write(JSON.stringify(process.env))';
    const script = `set -a; . ${file}; set +a; exec "$@"`;
    const output = execFileSync('/bin/sh', ['-c', script, 'sh', process.execPath, '-e', program], {
      env: {},
      encoding: 'utf8',
    });
    const all = new Map(Object.entries<string>(JSON.parse(output)));
    return Object.fromEntries(Object.keys(values).map((name) => [name, all.get(name)]));
  };

  it('gives each variable exactly its value, whatever is in it', () => {
    const values = {
      QUOTES: `it's "quoted" 'twice'''`,
      SHELL_CODE: '$(touch /tmp/x) `id` ${HOME} \\ ! # ; & | > /dev/null',
      LINES: 'one\ntwo\n\n',
      BLANKS: '  a\tb  ',
      NOTHING: '',
      UNICODE: '日本語 🔑',
      RETURN: 'a\r\nb',
    };
    expect(given(values)).toEqual(values);
  });

  it('does so for any value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^K[A-Z]{1,5}$/), fc.string({ unit: 'binary' })), (map) => {
        const values = Object.fromEntries(
          Object.entries(map).map(([name, value]) => [
            name,
            value.replaceAll('\0', '').replaceAll(/\p{Cs}/gu, ''),
          ]),
        );
        expect(given(values)).toEqual(values);
      }),
      { numRuns: 25 },
    );
  });

  it('has the same text whatever the order of the variables', () => {
    expect(secretsText({ B: '2', A: '1' })).toBe("A='1'\nB='2'\n");
  });
});

describe('the version of the secrets', () => {
  const texts = { 'dev-controller': "A='1'\n", 'dev-jupyter': "B='2'\n" };
  const version = 'a'.repeat(32);
  const digests = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, digestOf(text)]));

  it("stays while the host's files have the same values", () => {
    expect(secretsVersion(texts, { version, digests })).toBe(version);
  });

  it.each([
    ['a value changes', { ...texts, 'dev-jupyter': "B='3'\n" }, { version, digests }],
    ['a container gets secrets', { ...texts, third: "C='1'\n" }, { version, digests }],
    ['the host has no version', texts, { digests }],
    ['the host has no files', texts, { version, digests: {} }],
  ])('is another one where %s, and tells nothing of a value', (_, wanted, found) => {
    const [one, two] = [secretsVersion(wanted, found), secretsVersion(wanted, found)];
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set([one, two, version]).size).toBe(3);
  });
});
