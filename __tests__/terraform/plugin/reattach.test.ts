import { attachedProviders, reattachVariable } from '../../../terraform/plugin/reattach';

const PROVIDERS = {
  'registry.terraform.io/hashicorp/one': {
    protocolVersion: 6,
    listen: { network: 'tcp', address: '127.0.0.1:4023' },
  },
  'registry.terraform.io/hashicorp/two': {
    protocolVersion: 5,
    listen: { network: 'unix', address: '/tmp/plugin.sock' },
  },
} as const;

it('names protocol, process and address of each provider, as go-plugin reads them', () => {
  expect(JSON.parse(reattachVariable(PROVIDERS, 77))).toEqual({
    'registry.terraform.io/hashicorp/one': {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: 77,
      Test: true,
      Addr: { Network: 'tcp', String: '127.0.0.1:4023' },
    },
    'registry.terraform.io/hashicorp/two': {
      Protocol: 'grpc',
      ProtocolVersion: 5,
      Pid: 77,
      Test: true,
      Addr: { Network: 'unix', String: '/tmp/plugin.sock' },
    },
  });
});

it('is read back', () => {
  expect(attachedProviders(reattachVariable(PROVIDERS))).toEqual(PROVIDERS);
});
