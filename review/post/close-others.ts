import type { CodeHost } from './code-host';
import { markerOf } from './marker';
import type { Posting } from './posting';

/**
 * The environments whose comment is open on a pull request, and which are no more among those that it affects: its newest commit may have taken
 * a change back.
 *
 * @param project - the folder of the project, whose comments alone are looked at
 */
export async function leftOpen(
  host: CodeHost,
  request: number,
  postings: readonly Pick<Posting, 'environment'>[],
  project: string,
): Promise<readonly string[]> {
  const self = await host.self();
  const affected = new Set(postings.map(({ environment }) => environment));
  const open = (await host.comments(request).list()).flatMap(({ author, body }) => {
    const marker = author === self ? markerOf(body) : undefined;
    const isOpen = marker !== undefined && marker.kind === 'review' && !marker.closed;
    return isOpen && marker.project === project && !affected.has(marker.environment)
      ? [marker.environment]
      : [];
  });
  return [...new Set(open)];
}

/** What is posted of an environment that is affected no more. */
export function unaffected(environment: string): Posting {
  return {
    environment,
    stacks: [],
    simulated: false,
    outcome: 'nothing',
    headline: 'nothing of it is affected any more',
    kinds: [],
    annotations: [],
    render: () => '',
  };
}
