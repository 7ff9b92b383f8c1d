import '../../../stacks/fast-tokens';
import { AuditDevice, type AuditDeviceProps } from '../../../constructs/vault/audit-device';
import { only, plainAddresses } from '../../support/synthesized';
import { synthesizedVault } from '../../support/synthesized-vault';

const build = (props: AuditDeviceProps) =>
  synthesizedVault((stack) => {
    new AuditDevice(stack, 'Log', props);
  });

it('writes a file, by default at the path of its type', () => {
  const synth = build({ type: 'file', options: { file_path: '/vault/logs/audit.log' } });
  expect(plainAddresses(synth)).toEqual(['vault_audit.Log']);
  expect(only(synth, 'vault_audit')).toEqual({
    type: 'file',
    path: 'file',
    options: { file_path: '/vault/logs/audit.log' },
  });
});

it('needs nothing for syslog, which has its options as an empty map', () => {
  expect(only(build({ type: 'syslog', path: 'log' }), 'vault_audit')).toEqual({
    type: 'syslog',
    path: 'log',
    options: {},
  });
});

it('refuses a device that can not write', () => {
  expect(() => build({ type: 'file' })).toThrow(
    'stack/Log: options: must have file_path for the type file, got none',
  );
  expect(() => build({ type: 'file', options: { file_path: '' } })).toThrow('must have file_path');
  expect(() => build({ type: 'socket', options: { file_path: 'x' } })).toThrow(
    'stack/Log: options: must have address for the type socket, got none',
  );
  expect(only(build({ type: 'socket', options: { address: '127.0.0.1:9090' } }), 'vault_audit').type).toBe(
    'socket',
  );
});

it('refuses secrets in clear', () => {
  const options = { tag: 'x', log_raw: 'true' };
  expect(() => build({ type: 'syslog', options })).toThrow(
    'stack/Log: options.log_raw: must be false, or tokens and secrets stand in the log, got "true"',
  );
  expect(only(build({ type: 'syslog', options: { log_raw: 'false' } }), 'vault_audit').options).toEqual({
    log_raw: 'false',
  });
});

it('refuses a path with slashes at its ends', () => {
  expect(() => build({ type: 'syslog', path: 'a/' })).toThrow('stack/Log: path: must be a path');
});
