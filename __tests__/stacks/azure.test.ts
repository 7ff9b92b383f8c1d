import '../../stacks/fast-tokens';
import { AZURE_CASES, azureCatalog } from '../fixtures/azure-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { expectGolden } from '../support/golden';
import { addresses, type Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

function stackOf(text: string): Synthesized {
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': text }), ['lab']);
  const stack = stacks['lab-azure-default'];
  if (stack === undefined) throw new Error('no stack');
  return stack;
}

it.each(Object.entries(AZURE_CASES))('synthesizes the network %s to its golden file', (name, text) => {
  expectGolden(`azure-${name}.golden.json`, `${JSON.stringify(stackOf(text), null, 2)}\n`);
});

it('keeps every resource address: a change here replaces real infrastructure', () => {
  const list = Object.entries(AZURE_CASES).flatMap(([name, text]) =>
    addresses(stackOf(text)).map((address) => `${name} ${address}`),
  );
  expectGolden('azure-addresses.golden.json', `${JSON.stringify(list, null, 2)}\n`);
});

it('a rule that is added moves no other one', () => {
  const rule = (port: number) => `{ protocol: tcp, ports: ${port}, from: site }`;
  const priorities = (text: string) =>
    Object.fromEntries(
      Object.values(stackOf(text).resource.azurerm_network_security_rule ?? {}).map((one) => [
        one.name,
        one.priority,
      ]),
    );
  const before = priorities(azureCatalog('none', `      ingress: [${rule(22)}, ${rule(80)}]\n`));
  const after = priorities(azureCatalog('none', `      ingress: [${rule(22)}, ${rule(80)}, ${rule(443)}]\n`));
  expect(after).toEqual(expect.objectContaining(before));
  expect(after['deny-all-inbound']).toBe(4096);
});
