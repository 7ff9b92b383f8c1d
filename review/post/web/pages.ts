import { PostFailure } from '../failure';

/** The most pages of a list that are read: 20,000 entries. */
const MOST_PAGES = 200;

/** What asks for a page of a list beside its first: its number, or where a list has no numbers a cursor. */
export type PageQuery = Readonly<Record<string, string>>;

/** One answer of a list. */
export interface ListPage {
  readonly value: unknown;
  /** The header `Link`. */
  readonly link: string;
  /** The number of the next page in a header of its own. @default - the links say it */
  readonly next?: string;
}

export interface ListAround {
  readonly where: string;
  /** In words: `read its comments`. */
  readonly task: string;
  /** The failure of an answer that is no list. */
  readonly notApi: () => PostFailure;
}

/**
 * All entries of a list. Of a link only the page is taken: its address may be another host's, to which the token must not go.
 * Each answer must be a list, since an entry that is missed would be added a second time.
 */
export async function allPages(
  { where, task, notApi }: ListAround,
  read: (page: PageQuery) => Promise<ListPage>,
): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const asked = new Set<string>();
  for (let page: PageQuery = {}; ; ) {
    const answer = await read(page);
    if (!Array.isArray(answer.value)) throw notApi();
    found.push(...answer.value);
    const next = nextPage(answer);
    if (next === undefined) return found;
    const key = JSON.stringify(next);
    const problem = asked.has(key)
      ? 'its list names the same next page again'
      : asked.size >= MOST_PAGES
        ? `its list has more than ${MOST_PAGES} pages`
        : undefined;
    if (problem !== undefined)
      throw new PostFailure('not-api', {
        where,
        summary: `can't ${task}: ${problem}`,
        fixes: ['check proxies on the way'],
      });
    asked.add(key);
    page = next;
  }
}

function nextPage({ next = '', link }: ListPage): PageQuery | undefined {
  if (/^\d{1,9}$/.test(next)) return { page: next };
  const target = /<([^<>]*)>\s*;[^,<]*\brel="?next\b/.exec(link)?.[1];
  if (target === undefined || !URL.canParse(target, 'https://list.invalid')) return undefined;
  const { searchParams } = new URL(target, 'https://list.invalid');
  const page = searchParams.get('page') ?? '';
  const after = searchParams.get('after') ?? '';
  const query = {
    ...(/^\d{1,9}$/.test(page) ? { page } : {}),
    ...(after === '' || after.length > 1000 ? {} : { after }),
  };
  return Object.keys(query).length === 0 ? undefined : query;
}
