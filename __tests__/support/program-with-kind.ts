import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './compiled';
import { madeOnce } from './run/made-once';

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

/** The same for the nodes of __tests__/fixtures/lab-nodes, beside that kind. */
const NODES = {
  'catalog/kinds/registry.ts': {
    import: "import { LAB_NODES } from './lab-nodes/kind';",
    line: ["  'lab-network': LAB_NETWORK,", "  'lab-nodes': LAB_NODES,"],
  },
  'stacks/kinds/registry.ts': {
    import: '',
    line: [
      "  'lab-network': () => (require('./lab-network') as typeof import('./lab-network')).buildLabNetwork,",
      "  'lab-nodes': () => (require('./lab-nodes') as typeof import('./lab-nodes')).buildLabNodes,",
    ],
  },
  'scripts/kinds/registry.ts': {
    import: "import { LAB_NODES_DRIVER } from './lab-nodes/driver';",
    line: ["  'lab-network': LAB_NETWORK_DRIVER,", "  'lab-nodes': LAB_NODES_DRIVER,"],
  },
} as const;

/**
 * This project with the kinds of __tests__/fixtures/lab-network and lab-nodes in it, compiled once for all test files: that takes as
 * long as half of them.
 */
export function programWithKinds(): string {
  return join(madeOnce('program-with-kinds', compileInto), 'dist/scripts/kakehashi.js');
}

function compileInto(folder: string): void {
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
  for (const fixture of ['lab-network', 'lab-nodes'])
    cpSync(join(__dirname, '../fixtures', fixture), folder, { recursive: true });
  const lines = [REGISTRIES, NODES].flatMap((one) => Object.entries(one));
  for (const [file, { import: imported, line }] of lines) {
    const [known, added] = line;
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(known);
    writeFileSync(join(folder, file), `${imported}\n${text.replace(known, `${known}\n${added}`)}`);
  }
  execFileSync(join(folder, 'node_modules/.bin/tsc'), { cwd: folder });
}
