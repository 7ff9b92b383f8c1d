import { sandboxEnvironment } from '../../sandbox/variables';

const server = {
  environment: { TF_REATTACH_PROVIDERS: '{}' },
  providers: [],
  close: () => Promise.resolve(),
};

it('keeps what is harmless, drops what leads out of the sandbox, adds the server', () => {
  const parent = {
    PATH: '/bin',
    TF_VAR_preshared_keys: '{}',
    TF_LOG: 'INFO',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_PROFILE: 'x',
    ARM_CLIENT_SECRET: 'x',
    GOOGLE_CREDENTIALS: 'x',
    VAULT_TOKEN: 'x',
    DOCKER_HOST: 'x',
    TF_TOKEN_app_terraform_io: 'x',
    TF_CLI_ARGS_plan: '-target=a',
    TF_REATTACH_PROVIDERS: 'another',
    TF_WORKSPACE: 'x',
    UNSET: undefined,
  };
  expect(sandboxEnvironment(parent, server)).toEqual({
    PATH: '/bin',
    TF_VAR_preshared_keys: '{}',
    TF_LOG: 'INFO',
    TF_REATTACH_PROVIDERS: '{}',
    CHECKPOINT_DISABLE: '1',
    KAKEHASHI_SANDBOX: '1',
  });
});

it('is found without loading the server', () => {
  jest.isolateModules(() => {
    jest.doMock('../../terraform/plugin/server', () => {
      throw new Error('the gRPC server was loaded');
    });
    expect(() => require('../../sandbox/variables')).not.toThrow();
    expect(() => require('../../sandbox/store/objects')).not.toThrow();
  });
});
