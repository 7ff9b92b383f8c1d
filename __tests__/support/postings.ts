import type { Posting } from '../../review/post/posting';

/** A review with changes, as it is posted; its text is as long as the budget allows, or shorter. */
export function samplePosting(given: Partial<Posting> = {}): Posting {
  return {
    environment: 'dev',
    stacks: ['dev-aws-default', 'dev-aws-osaka'],
    simulated: false,
    outcome: 'changes',
    headline: '1 of 2 stacks changes; both tunnels of dev-aws-default go down',
    kinds: ['outage', 'replaced'],
    digest: 'k1:abc',
    annotations: [],
    render: () => 'the review',
    ...given,
  };
}
