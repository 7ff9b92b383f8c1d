import { isFirstGeneration, ubuntuImage } from '../../../../model/clouds/azure/virtual-machines';

it.each([
  ...[
    'Standard_D3_v2',
    'Standard_D4_v2',
    'Standard_D2_v3',
    'Standard_E4_v3',
    'Standard_A2_v2',
    'Standard_A2m_v2',
  ],
  ...['Standard_D3', 'Basic_A1'],
])('%s boots the first generation alone', (size) => {
  expect(isFirstGeneration(size)).toBe(true);
});

it.each([
  ...[
    'Standard_B1s',
    'Standard_B2s_v2',
    'Standard_D4s_v5',
    'Standard_D4_v4',
    'Standard_D2s_v3',
    'Standard_DS2_v2',
  ],
  ...['Standard_E4ds_v5', 'Standard_F4s_v2', 'Standard_NC24ads_A100_v4', 'Standard_D4ps_v5'],
])('%s boots the second', (size) => {
  expect(isFirstGeneration(size)).toBe(false);
});

it('is the Ubuntu of Canonical that the machines can boot', () => {
  expect(ubuntuImage('x86_64', 'Standard_D4s_v5')).toEqual({
    publisher: 'Canonical',
    offer: 'ubuntu-24_04-lts',
    sku: 'server',
    version: 'latest',
  });
  expect(ubuntuImage('x86_64', 'Standard_D3_v2').sku).toBe('server-gen1');
  expect(ubuntuImage('arm64', 'Standard_D4ps_v5').sku).toBe('server-arm64');
});
