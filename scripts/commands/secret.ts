import { EXIT, UsageError } from '../../base/errors';
import { ValueError } from '../../model/value-error';
import { SecretFolder } from '../../model/vault/secret-folder';
import { referenceFault, SecretReference } from '../../model/vault/secret-reference';
import { secretInput } from '../run/vault/secret-input';
import { withVault } from '../run/vault/vault-run';
import { confirm } from '../session/confirm';
import type { Settings } from '../session/settings';

/** `kakehashi secret put vault://…`: stores a value from a hidden prompt or stdin, never from the command line. */
export async function secretPut(settings: Settings, operands: readonly string[]): Promise<number> {
  const [operand, ...others] = operands;
  if (operand === undefined)
    throw new UsageError('secret put: which secret? for instance: vault://secret/aws/access_key');
  if (others.length > 0) {
    throw new UsageError(
      'secret put: takes one operand, the reference; the value is typed or comes by stdin, since a command line is seen by others and kept by the shell: change the value if it stood there',
    );
  }
  const reference = parsed('secret put', operand, SecretReference.parse);
  return withVault(settings, {}, async ({ client, report, stop }) => {
    const version = await client.write(reference, await secretInput(reference, stop));
    const versioned = version === undefined ? {} : { version };
    report.event({ type: 'secret_written', reference: reference.toString(), ...versioned });
    report.say(`${reference}: written${version === undefined ? '' : ` as version ${version}`}`);
    return EXIT.done;
  });
}

/** `kakehashi secret get vault://…`: prints the value and nothing else on stdout, on a terminal only with `--show`. */
export async function secretGet(settings: Settings, operand: string, show: boolean): Promise<number> {
  const reference = parsed('secret get', operand, SecretReference.parse);
  if (settings.json) throw new UsageError('secret get: stdout is for the value; leave --json out');
  const terminal = process.stdout.isTTY === true;
  if (terminal && !show) {
    throw new UsageError(
      'secret get: stdout is a terminal, where the value would stay on the screen; pipe it on, or add --show',
    );
  }
  return withVault(settings, { stdoutTaken: true }, async ({ client }) => {
    const value = await client.read(reference);
    process.stdout.write(terminal ? `${value}\n` : value);
    return EXIT.done;
  });
}

/** `kakehashi secret list vault://…`: prints the names in a folder; folders end in a slash. */
export async function secretList(settings: Settings, operand: string): Promise<number> {
  const folder = parsed('secret list', operand, SecretFolder.parse);
  return withVault(settings, {}, async ({ client, report }) => {
    const names = await client.list(folder);
    report.event({ type: 'secrets_listed', folder: folder.toString(), names });
    report.say(names.join('\n'));
    return EXIT.done;
  });
}

/** `kakehashi secret rm vault://…`: removes a secret after a confirmation, in KV v2 with all its versions. */
export async function secretRemove(settings: Settings, operand: string): Promise<number> {
  const reference = parsed('secret rm', operand, SecretReference.parse);
  return withVault(settings, {}, async (run) => {
    const text = `This removes ${reference} for ever, in KV version 2 with all its versions. Type 'yes' to continue:`;
    await confirm(run, { done: 'removed', text, answer: 'yes' });
    await run.client.remove(reference);
    run.report.event({ type: 'secret_removed', reference: reference.toString() });
    run.report.say(`${reference}: removed`);
    return EXIT.done;
  });
}

/** Parses an operand. It may be a credential in the wrong place, so it is never shown, and only a text that looks like a reference gets a reason. */
function parsed<T>(where: string, operand: string, parse: (text: string) => T): T {
  try {
    return parse(operand);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const got = SecretReference.isMeant(operand) ? referenceFault(operand) : 'something else';
    throw new UsageError(`${where}: must be ${error.expected}, got ${got}, not shown`);
  }
}
