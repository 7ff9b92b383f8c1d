import { durationText } from '../../base/text/duration-text';
import { failed, noted, passed } from '../report/finding';
import type { Check } from './check';

/** Signed requests of a clock that is farther off are refused. */
const REFUSED_SECONDS = 300;
const NOTED_SECONDS = 60;
const SET_IT = 'set the clock, for instance: timedatectl set-ntp true';

/** Compares the clock with what the servers told that the other checks asked. */
export const CLOCK_CHECK: Check = {
  name: 'clock',
  look: async ({ times }) => {
    const { farthest } = times;
    if (farthest === undefined)
      return [noted('clock', 'not compared: no server was asked that tells its time')];
    const { server, aheadSeconds } = farthest;
    const off = Math.abs(aheadSeconds);
    const found = `${durationText(off)} ${aheadSeconds > 0 ? 'ahead of' : 'behind'} ${server}`;
    if (off > REFUSED_SECONDS)
      return [
        failed('clock', `${found}: signed requests are refused from ${REFUSED_SECONDS / 60} min on`, SET_IT),
      ];
    if (off > NOTED_SECONDS) return [noted('clock', found, SET_IT)];
    return [passed('clock', `within ${NOTED_SECONDS} s of ${server}`)];
  },
};
