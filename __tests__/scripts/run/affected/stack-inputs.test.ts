import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listEnvironments } from '../../../../catalog/environment/folder';
import { KIND_NAMES } from '../../../../catalog/kinds/registry';
import { loadEnvironment } from '../../../../catalog/load';
import { stackInputs, stackInputsText } from '../../../../scripts/run/affected/stack-inputs';
import { synthesize } from '../../../../stacks/synthesize';
import { CONTROLLER_CATALOG } from '../../../fixtures/controller-catalog';
import { DOCKER_CATALOG } from '../../../fixtures/docker-catalog';
import { hubCatalog } from '../../../fixtures/hub-catalog';
import { VAULT_CATALOG } from '../../../fixtures/vault-catalog';
import { temporaryFolder } from '../../../support/catalog-folder';
import { EXAMPLE_CATALOGS } from '../../../support/project';

const FOLDERS = {
  examples: EXAMPLE_CATALOGS,
  hub: temporaryFolder({ 'dev.yml': hubCatalog() }),
  controller: temporaryFolder({ 'lab.yml': CONTROLLER_CATALOG }),
  docker: temporaryFolder({ 'dev.yml': DOCKER_CATALOG }),
  vault: temporaryFolder({ 'lab.yml': VAULT_CATALOG }),
};

const loadedFrom = (directory: string) =>
  listEnvironments(directory).map((environment) => loadEnvironment({ directory, environment }));

describe('the inputs of a stack', () => {
  it.each(Object.entries(FOLDERS))('are all that it is synthesized from: %s', (_, directory) => {
    for (const loaded of loadedFrom(directory)) {
      const [whole, alone] = [temporaryFolder(), temporaryFolder()];
      synthesize([loaded], { sandbox: false, outDirectory: whole });
      synthesize(
        loaded.stacks.map((stack) => ({ ...loaded, ...stackInputs(loaded, stack), stacks: [stack] })),
        { sandbox: false, outDirectory: alone },
      );
      for (const { id } of loaded.stacks) {
        const [all, own] = [whole, alone].map((folder) =>
          readFileSync(join(folder, 'stacks', id, 'cdk.tf.json'), 'utf8'),
        );
        expect(own).toBe(all);
      }
    }
  });

  it('are asked of every kind here', () => {
    const kinds = Object.values(FOLDERS)
      .flatMap(loadedFrom)
      .flatMap(({ stacks }) => stacks.map(({ kind }) => kind));
    expect([...new Set(kinds)].sort()).toEqual([...KIND_NAMES].sort());
  });

  it('are equal in two files of one meaning, and differ with what is its own alone', () => {
    const text = readFileSync(join(EXAMPLE_CATALOGS, 'dev.yml'), 'utf8');
    const inputsOf = (dev: string) => {
      const base = readFileSync(join(EXAMPLE_CATALOGS, 'base.yml'), 'utf8');
      const [loaded] = loadedFrom(temporaryFolder({ 'base.yml': base, 'dev.yml': dev }));
      if (loaded === undefined) throw new Error('not loaded');
      return Object.fromEntries(loaded.stacks.map((stack) => [stack.id, stackInputsText(loaded, stack)]));
    };
    const before = inputsOf(text);
    expect(inputsOf(`\n# lines further down\n${text}`)).toEqual(before);
    const after = inputsOf(text.replace('price_per_hour: 0.13', 'price_per_hour: 0.14'));
    expect(Object.keys(before).filter((id) => before[id] !== after[id])).toEqual(['dev-nodes-workers']);
  });
});
