import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RECORDED_TYPES } from '../../../review/record/normal/recorded-types';
import type { Block, ProviderSchema, Type } from '../../../sandbox/schemas/schema';

const ROOT = path.join(__dirname, '../../..');
const FILE = path.join(ROOT, 'review/record/normal/recorded-types.ts');
const SCHEMAS = ['aws-5.100.0', 'azurerm-4.55.0', 'docker-3.6.2', 'vault-5.6.0'];

interface Found {
  readonly sets: Set<string>;
  readonly computed: Set<string>;
}

function addType(type: Type, at: string, { sets }: Pick<Found, 'sets'>): void {
  if (typeof type === 'string') return;
  const [kind, of] = type;
  if (kind === 'set') sets.add(at);
  if (kind === 'object')
    for (const [name, part] of Object.entries(of)) addType(part, `${at}.${name}`, { sets });
  else if (kind !== 'tuple') addType(of, at, { sets });
}

function addBlock({ attributes = {}, block_types: blocks = {} }: Block, within: string, found: Found): void {
  for (const [name, { type, computed, optional, required }] of Object.entries(attributes)) {
    const at = `${within}${name}`;
    addType(type, at, found);
    // The id of what is deleted says which object it is.
    if (computed && !optional && !required && at !== 'id') found.computed.add(at);
  }
  for (const [name, { nesting_mode: nesting, block }] of Object.entries(blocks)) {
    if (nesting === 'set') found.sets.add(`${within}${name}`);
    addBlock(block, `${within}${name}.`, found);
  }
}

function recorded(): Readonly<Record<string, readonly [string, string]>> {
  const types = SCHEMAS.flatMap((name) => {
    const text = readFileSync(path.join(ROOT, 'sandbox/schemas', `${name}.json`), 'utf8');
    const { schema } = JSON.parse(text) as { readonly schema: ProviderSchema };
    return Object.entries(schema.resource_schemas).map(([type, { block }]) => {
      const found: Found = { sets: new Set(), computed: new Set() };
      addBlock(block, '', found);
      return [
        type,
        [[...found.sets].sort().join(' '), [...found.computed].sort().join(' ')] as const,
      ] as const;
    });
  });
  return Object.fromEntries(
    types.filter(([, lists]) => lists.join('') !== '').sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

test('the table says what the recorded schemas say of sets and of what is computed; UPDATE_GOLDEN=1 writes it', () => {
  const wanted = recorded();
  if (process.env.UPDATE_GOLDEN === '1') {
    const text = readFileSync(FILE, 'utf8');
    const head = text.slice(0, text.indexOf('= {') + 3);
    const rows = Object.entries(wanted).map(([type, lists]) => `  ${type}: ['${lists.join("', '")}'],\n`);
    writeFileSync(FILE, `${head}\n${rows.join('')}};\n`);
  }
  expect(RECORDED_TYPES).toEqual(wanted);
});
