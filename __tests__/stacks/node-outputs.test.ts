import '../../stacks/fast-tokens';
import { azureNodes } from '../fixtures/azure-nodes';
import { nodeCatalog } from '../fixtures/node-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const CLOUDS: Readonly<Record<string, (keys: string) => string>> = {
  aws: (keys) => nodeCatalog(keys.trim().split(/\n\s*/).join(', ')),
  azure: (keys) => azureNodes(`${keys}\n`),
};

function outputsOf(text: string) {
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': text }), ['lab']);
  const { output } = stacks['lab-nodes-workers'] ?? {};
  return { nodes: output?.nodes?.value, lease: output?.lease?.value };
}

describe.each(Object.entries(CLOUDS))('a group on %s', (_, catalog) => {
  test('without a lease remembers which of its nodes ended because they were idle', () => {
    const keys = '    lease: none\n    reason: a login node\n    idle: 20m';
    expect(outputsOf(catalog(keys)).lease).toEqual({
      start: '${null}',
      end: '${null}',
      seconds: '${null}',
      idle: 1200,
      ended: '${var.ended}',
    });
  });

  test('that nothing ends has no lease at all', () => {
    const keys = '    lease: none\n    reason: a login node\n    idle: none';
    expect(outputsOf(catalog(keys)).lease).toBe('${null}');
  });

  test('says what is waited for where that is not as usual: a host without a container, and how long', () => {
    const keys = '    image: none\n    boot_timeout: 300s';
    expect(outputsOf(catalog(keys)).nodes).toMatchObject({
      workers: { base_container: false, boot_timeout: 300 },
    });
    const { workers } = outputsOf(catalog('    nodes: 1')).nodes as Readonly<Record<string, object>>;
    expect(Object.keys(workers ?? {})).not.toContain('base_container');
  });
});
