import type { Loaded } from '../../catalog/environment/catalog';
import { shortened } from '../../vault/shortened';
import { type Finding, failed, noted, passed } from '../report/finding';
import { type Check, type Examination, ofCatalog } from './check';
import { isAboutProviders, withoutDownload } from './no-download';

/** The longest time for configuring a backend and reading a state: a dead endpoint is tried several times. */
const TIMEOUT_SECONDS = 30;

/** Checks that the backend can be reached and a state of the environment be read: by Terraform itself, which knows its credentials. */
export const BACKEND_CHECK: Check = ofCatalog('backend', async (examination, loaded) => {
  const { type } = loaded.catalog.backend;
  if (examination.settings.sandbox) return [noted('states', 'are on this disk, because it is the sandbox')];
  if (type === 'local') return [passed('local', 'states are on this disk')];
  return lookAt(examination, loaded, type);
});

async function lookAt(
  { trial, terraform }: Examination,
  { stacks }: Loaded,
  type: string,
): Promise<readonly Finding[]> {
  const [first] = stacks;
  if (first === undefined) return [noted(type, 'not checked: there is no stack')];
  const { variables, withheld } = await terraform();
  if (withheld.length > 0)
    return [
      noted(type, 'not checked: Terraform gets credentials from Vault, which can not be read (see vault)'),
    ];
  const block = withoutDownload((await trial.blocks(stacks)).get(first.id) ?? {});
  const { kind, errors } = await trial.init(block, variables, TIMEOUT_SECONDS);
  if (kind === 'silent')
    return [
      failed(type, `no answer within ${TIMEOUT_SECONDS} s`, 'check the network and the section backend'),
    ];
  // Terraform reads the state before it looks for providers.
  const [error] = errors.filter((text) => !isAboutProviders(text));
  if (error === undefined) {
    const found = `the state of ${first.id} can be read; whether it can be written and locked is not tried`;
    return [passed(type, found)];
  }
  return [failed(type, inShort(error), ...fixesOf(error))];
}

function fixesOf(error: string): readonly string[] {
  if (/credential|ExpiredToken|profile|InvalidClientTokenId|Unauthorized|\b401\b/i.test(error))
    return ['give Terraform valid credentials for the backend'];
  if (/AccessDenied|Forbidden|not authorized|\b403\b/i.test(error))
    return ['let these credentials read and write the states'];
  if (/NoSuchBucket|does not exist|\b404\b/i.test(error)) return ['create it', 'correct the section backend'];
  return ['check the network and the section backend'];
}

/** The first sentence of an error, or what the cloud's own error in it says. */
function inShort(error: string): string {
  const [, code, message] = /api error (\w+): ([^,]+)/.exec(error) ?? [];
  const [sentence = error] = /^.*?\.(?= [A-Z])/.exec(error) ?? [];
  return shortened(
    code === undefined || sentence.length < error.length / 2 ? sentence : `${code}: ${message}`,
    200,
  );
}
