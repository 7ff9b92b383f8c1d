import { driftHtml } from '../../../../scripts/run/drift/drift-html';
import type { DriftItem, EnvironmentDrift } from '../../../../scripts/run/drift/report';
import { PageBrowser } from '../../../support/browser';
import { describeWith } from '../../../support/programs';

jest.setTimeout(60_000);

const FIRST = '2026-11-28T04:00:00.000Z';
const stack = 'dev-aws-default';
const WHO =
  'aws cloudtrail lookup-events --region ap-northeast-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=vpc-1';

const item = (more: Partial<DriftItem>): DriftItem => ({
  stack,
  what: 'changed',
  address: 'aws_vpc.Network_Vpc',
  attribute: 'tags',
  before: { environment: 'dev' },
  after: { environment: 'prod' },
  state: 'new',
  firstSeen: FIRST,
  who: WHO,
  ...more,
});

const HOSTILE = '</style><script>globalThis.ran = 1</script><img src=x onerror="globalThis.ran = 1">';

function report(environment = 'dev'): EnvironmentDrift {
  return {
    environment,
    made: FIRST,
    simulated: false,
    commit: '0123456789abcdef0123456789abcdef01234567',
    outcome: 'unknown',
    stacks: [
      {
        stack,
        kind: 'aws-network',
        state: 'read',
        applied: FIRST,
        appliedCommit: '89abcdef0123456789abcdef0123456789abcdef',
        items: [
          item({}),
          item({ what: 'deleted', address: 'aws_flow_log.Network_FlowLogs_Log', state: 'still' }),
          item({
            what: 'unmanaged',
            address: 'aws_security_group.Nodes_Group',
            noun: 'rule',
            id: `ingress tcp 8080 from ${HOSTILE}`,
          }),
        ],
      },
      {
        stack: 'dev-aws-osaka',
        kind: 'aws-network',
        state: 'failed',
        lines: ['it failed', 'because'],
        items: [],
      },
      { stack: 'dev-azure-default', kind: 'azure-network', state: 'not applied', items: [] },
    ],
    gone: [item({ attribute: 'enable_dns_support', before: true, after: false, state: 'gone' })],
    notes: ['catalog/dev.yml:7:18: drift.ignore[2]: nothing of aws_nothing.X drifts; remove it'],
  };
}

describeWith('chromium', 'the page of a drift in Chromium', () => {
  let browser: PageBrowser;
  beforeAll(async () => {
    browser = await PageBrowser.start();
  });
  afterAll(() => browser?.close());

  const html = driftHtml({ version: 1, environments: [report(), report('staging')] });

  it.each(['light', 'dark'] as const)('has nothing for axe to find in %s, and is silent', async (scheme) => {
    const page = await browser.open(html, '', scheme);
    expect(await browser.violations(page)).toEqual([]);
    expect(browser.noise).toEqual([]);
    await page.close();
  });

  it('prints what is folded, without what axe finds', async () => {
    const page = await browser.open(html);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('pre')).toBe(true);
    expect(await browser.violations(page)).toEqual([]);
    await page.close();
  });

  it('is read without a window as wide as its longest word', async () => {
    const page = await browser.open(html);
    await page.setViewportSize({ width: 360, height: 640 });
    const [wide, narrow] = (await page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )) as [number, number];
    expect(wide).toBeLessThanOrEqual(narrow);
    await page.close();
  });

  it('shows hostile texts, and runs none of them', async () => {
    const page = await browser.open(html);
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    expect(await page.textContent('li.widened')).toContain(HOSTILE);
    expect(browser.noise).toEqual([]);
    await page.close();
  });
});
