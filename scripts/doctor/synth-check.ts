import { CommandError } from '../../base/errors';
import { counted } from '../../base/text/counted';
import { type Finding, failed, passed } from '../report/finding';
import { type Check, ofCatalog } from './check';

/** Checks that the configuration can be written, in a folder of its own. */
export const SYNTH_CHECK: Check = ofCatalog('synth', async ({ trial, environment }, loaded) => {
  try {
    const blocks = await trial.blocks(loaded.stacks);
    return [passed('configuration', `can be written, ${counted(blocks.size, 'stack')}`)];
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [unwritten(environment, error)];
  }
});

function unwritten(environment: string, { message, lastLines }: CommandError): Finding {
  const said = lastLines.join(' ').replace(/\s+/g, ' ').trim();
  return failed('configuration', said === '' ? message : said, `kakehashi synth ${environment}`);
}
