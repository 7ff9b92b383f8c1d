import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { switchValue } from '../../base/switch-variable';
import { compiledCli } from '../support/compiled';

it.each(['1', 'true', 'yes', 'on', 'YES', 'True'])('%s is on', (text) => {
  expect(switchValue(text)).toBe(true);
});

it.each(['0', 'false', 'no', 'off', 'Off', '', undefined])('%j is off', (text) => {
  expect(switchValue(text)).toBe(false);
});

it.each(['ture', '2', 'yes please', ' 1'])('%j is no switch', (text) => {
  expect(switchValue(text)).toBeUndefined();
});

it('is refused by the bare cdktf app too, where a misspelt word would build something real', () => {
  const app = resolve(compiledCli(), '../../stacks/main.js');
  const env = { ...process.env, KAKEHASHI_SANDBOX: 'ture' };
  const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'kakehashi: KAKEHASHI_SANDBOX: must be 1, true, yes or on, or 0, false, no or off, got "ture"\n',
  });
});
