import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { CatalogError } from '../../catalog/ground/catalog-error';
import type { Json } from '../../catalog/ground/json';
import { ProblemList } from '../../catalog/ground/problem-list';
import { loadEnvironment } from '../../catalog/load';
import { formatProblems } from '../../catalog/out/print-problems';
import { mergeMaps } from '../../catalog/source/merge';
import { plainValue } from '../../catalog/source/node';
import { parseSource } from '../../catalog/source/parse';
import { folderOf, GOOD as NETWORKS } from './folder-of';

const GOOD = `${NETWORKS}providers:
  aws: { access_key: vault://secret/aws/access_key, secret_key: vault://secret/aws/secret_key }
vault:
  address: https://10.0.2.15:8443
  auth: { method: token }
  mounts: { secret: { version: 2, create: {} } }
  policies:
    deploy:
      rules: [{ path: secret/aws/*, capabilities: [read] }]
      may: [read secret/aws/access_key]
      may_not: [list secret/aws]
      create: {}
  users: { alice: { role: super, create: {} } }
  approles: { ci: { policies: [deploy], token_ttl_seconds: 600 } }
  audits: { file: { type: file, options: { file_path: /log } } }
  preshared_keys: vault://secret/vpn
`;

/** Loads a text; what is wrong with it must come as problems with places inside the file, never as another error. */
function load(file: string, text: string): void {
  writeFileSync(file, text);
  try {
    loadEnvironment({ directory: path.dirname(file), environment: 'dev' });
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    const lines = text.split(/\r\n|[\n\r]/);
    expect(error.problems.some(({ severity }) => severity === 'error')).toBe(true);
    for (const { where } of error.problems) {
      const { position } = where;
      if (!position) continue;
      expect(position.line).toBeLessThanOrEqual(lines.length + 1);
      expect(position.endColumn).toBeGreaterThanOrEqual(position.column);
    }
    expect(formatProblems(error.problems, { color: false })).toContain('problem');
  }
}

test.each(['{a: ', '[', '{a: ['])('thousands of %s are nested too deeply', (open) => {
  const problems = new ProblemList();
  expect(parseSource('dev.yml', `a: ${open.repeat(8000)}`, problems)).toBeUndefined();
  expect(problems.sorted([]).map(({ must }) => must)).toEqual(['is nested too deeply']);
});

describe('whatever a file holds, only a CatalogError comes out:', () => {
  const file = path.join(folderOf({}), 'dev.yml');
  const scrap = fc.oneof(
    fc.constantFrom(
      '\t',
      '"',
      "'",
      '[',
      '{',
      ']',
      '}',
      ': ',
      '- ',
      '*',
      '&a',
      '<<: ',
      '!x ',
      '\n',
      '#',
      '?',
      '---\n',
      '%',
      '|\n',
      '\u0000',
      '\ud800',
      '9'.repeat(30),
      '~',
      '-1',
      '0x1',
      '__proto__',
      '{TfToken[',
      '${x}',
    ),
    fc.string({ maxLength: 8 }),
  );

  test('scraps put into a good catalog', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(GOOD.length), fc.nat(12), scrap), { minLength: 1, maxLength: 3 }),
        (edits) => {
          load(
            file,
            edits.reduce(
              (text, [start, cut, put]) => text.slice(0, start) + put + text.slice(start + cut),
              GOOD,
            ),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  const odd: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json>(
      null,
      true,
      0,
      -1,
      1.5,
      1e300,
      '',
      ' ',
      'x',
      '10.0.0.0/8',
      '******',
      [],
      {},
      [[]],
      [{}],
      { create: {} },
      'none',
      ['none'],
    ),
    fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  );
  const places = pathsOf(parse(GOOD) as Json);

  test('values put in the place of others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...places), odd), { minLength: 1, maxLength: 3 }),
        (edits) => {
          const catalog = edits.reduce(
            (value, [where, put]) => replaced(value, where, put),
            parse(GOOD) as Json,
          );
          load(file, JSON.stringify(catalog, null, 1));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('merging', () => {
  const leaf = fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.boolean());
  const tree = fc.letrec<{ map: Record<string, unknown> }>((tie) => ({
    map: fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof({ maxDepth: 3 }, leaf, fc.constant(null), fc.array(leaf, { maxLength: 2 }), tie('map')),
    ),
  })).map;

  test('is what the sentence says: maps by key, the rest replaced, null deletes', () => {
    fc.assert(
      fc.property(tree, tree, (base, child) => {
        const [below, above] = [base, child].map((value) =>
          parseSource('x', JSON.stringify(value), new ProblemList()),
        );
        if (!below || !above) throw new Error('no map');
        expect(plainValue(mergeMaps(below, above))).toEqual(merged(base, child));
      }),
    );
  });

  function merged(base: unknown, child: unknown): unknown {
    if (!isMap(child)) return child;
    const result: Record<string, unknown> = isMap(base) ? { ...base } : {};
    for (const [key, value] of Object.entries(child)) {
      if (value === null) delete result[key];
      else result[key] = merged(result[key], value);
    }
    return result;
  }
});

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathsOf(value: Json, where: readonly string[] = []): readonly (readonly string[])[] {
  if (!isMap(value)) return [where];
  return [where, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item as Json, [...where, key]))];
}

function replaced(value: Json, [step, ...rest]: readonly string[], put: Json): Json {
  if (step === undefined) return put;
  return {
    ...(isMap(value) ? (value as Record<string, Json>) : {}),
    [step]: replaced(isMap(value) ? ((value as Record<string, Json>)[step] ?? null) : null, rest, put),
  };
}
