import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './catalog-folder';
import { ROOT } from './compiled';

/** What the kind adds to each registry: an import, where the registry imports its kinds, and a line of the table. */
export const REGISTRIES = {
  'catalog/kinds/registry.ts': {
    import: "import { LAB_NETWORK } from './lab-network/kind';",
    line: ["  'aws-network': AWS_NETWORK,", "  'lab-network': LAB_NETWORK,"],
  },
  'stacks/kinds/registry.ts': {
    import: '',
    line: [
      "  'aws-network': () => (require('./aws-network') as typeof import('./aws-network')).buildAwsNetwork,",
      "  'lab-network': () => (require('./lab-network') as typeof import('./lab-network')).buildLabNetwork,",
    ],
  },
  'scripts/kinds/registry.ts': {
    import: "import { LAB_NETWORK_DRIVER } from './lab-network/driver';",
    line: ["  'aws-network': AWS_NETWORK_DRIVER,", "  'lab-network': LAB_NETWORK_DRIVER,"],
  },
} as const;

/** This project with the kind of __tests__/fixtures/lab-network in it, compiled. */
export function programWithKind(): string {
  const folder = temporaryFolder();
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0')) {
    if (file === '' || /^(__tests__|docs)\//.test(file) || !existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(__dirname, '../fixtures/lab-network'), folder, { recursive: true });
  for (const [file, { import: imported, line }] of Object.entries(REGISTRIES)) {
    const [known, added] = line;
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(known);
    writeFileSync(join(folder, file), `${imported}\n${text.replace(known, `${known}\n${added}`)}`);
  }
  execFileSync(join(folder, 'node_modules/.bin/tsc'), { cwd: folder });
  return join(folder, 'dist/scripts/kakehashi.js');
}
