import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Networks, writeManyNetworks } from '../../bench/many-networks';
import { temporaryFolder } from '../support/catalog-folder';
import { compiled, compiledCli } from '../support/compiled';

jest.setTimeout(60_000);

/** The modules that a compiled program loads in a project with such networks, from `node_modules/` or `dist/` on. */
function modulesOf(networks: Networks, argv: readonly string[]): readonly string[] {
  const folder = temporaryFolder();
  writeManyNetworks(join(folder, 'catalog'), networks);
  return loadedIn(folder, argv);
}

function loadedIn(folder: string, argv: readonly string[]): readonly string[] {
  const list = join(folder, 'modules');
  const preload = compiled('bench/loaded-modules.js');
  const { status, stderr } = spawnSync(process.execPath, ['-r', preload, ...argv], {
    cwd: folder,
    env: { ...process.env, KAKEHASHI_ENV: 'big', LOADED_MODULES: list },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return readFileSync(list, 'utf8')
    .split('\n')
    .map((name) => name.replace(/^.*?\/(?=node_modules\/|dist\/)/, ''));
}

const rooms = (modules: readonly string[]): readonly string[] => [
  ...new Set(
    modules.flatMap(
      (name) =>
        /^node_modules\/@cdktf\/[^/]+|^node_modules\/cdktf(?=\/)|^dist\/constructs\/[^/.]+(?=\/)|^dist\/stacks\/kinds\/(?!registry)[^/.]+/.exec(
          name,
        ) ?? [],
    ),
  ),
];

const synth = (networks: Networks) => rooms(modulesOf(networks, [compiled('stacks/main.js')])).toSorted();

describe('an app that synthesizes', () => {
  it('AWS alone loads no binding, construct or stack of another cloud', () => {
    expect(synth({ aws: 1 })).toEqual([
      'dist/constructs/aws',
      'dist/stacks/kinds/aws',
      'dist/stacks/kinds/aws-connection',
      'dist/stacks/kinds/aws-network',
      'node_modules/@cdktf/provider-aws',
      'node_modules/cdktf',
    ]);
  });

  it('Azure alone neither', () => {
    expect(synth({ azure: 1 })).toEqual([
      'dist/constructs/azure',
      'dist/stacks/kinds/azure',
      'dist/stacks/kinds/azure-network',
      'node_modules/@cdktf/provider-azurerm',
      'node_modules/cdktf',
    ]);
  });

  it('networks of both loads both', () => {
    const both = synth({ aws: 1, azure: 1 });
    expect(both).toContain('node_modules/@cdktf/provider-aws');
    expect(both).toContain('node_modules/@cdktf/provider-azurerm');
  });

  it('loads the bindings file by file, and never the index of a provider', () => {
    const bindings = modulesOf({ aws: 1, azure: 1 }, [compiled('stacks/main.js')]).filter((name) =>
      /@cdktf\/provider-/.test(name),
    );
    expect(bindings.filter((name) => /provider-\w+\/lib\/index\.js$/.test(name))).toEqual([]);
    expect(bindings.length).toBeLessThan(100);
  });
});

it('a validation loads nothing that synthesizes', () => {
  expect(rooms(modulesOf({ aws: 1, azure: 1 }, [compiledCli(), 'validate', 'big']))).toEqual([]);
});

it('neither a validation nor an apply in the sandbox loads what makes certificates', () => {
  const folder = temporaryFolder({
    'catalog/big.yml': `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
controller: { host: ssh://root@10.0.2.15, version: 23.04.0, images: { occtr: 'sha256:${'a'.repeat(64)}' } }
`,
  });
  const ofCertificates = (...argv: readonly string[]) =>
    loadedIn(folder, [compiledCli(), ...argv]).filter((name) =>
      /^node_modules\/(@peculiar|reflect-metadata|tsyringe|asn1js)/.test(name),
    );
  expect(ofCertificates('validate', 'big')).toEqual([]);
  expect(ofCertificates('apply', 'big', '--sandbox', '--yes')).toEqual([]);
});
