import '../../stacks/fast-tokens';
import { nodeCatalog } from '../fixtures/node-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { synthesizedCatalog } from '../support/synthesized-catalog';
it('x', () => {
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': nodeCatalog() }), ['lab']);
  console.log(JSON.stringify(stacks['lab-nodes-workers'], null, 1).slice(0, 12000));
});
