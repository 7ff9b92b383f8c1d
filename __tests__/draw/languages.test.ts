import { execFileSync } from 'node:child_process';
import { sceneDot } from '../../draw/dot';
import { markScene } from '../../draw/marks';
import { MERMAID_LIMITS, sceneMermaid } from '../../draw/mermaid';
import { describeWith } from '../support/programs';
import { HOSTILE_NAMES, sampleScene } from './sample-scene';

const hostile = markScene(
  sampleScene(HOSTILE_NAMES.length, (index) => HOSTILE_NAMES[index] ?? ''),
  [
    {
      stack: 'dev-n1',
      changes: [{ address: 'aws_vpn_connection.Vpn_Connection', action: 'replace' }],
      outages: [{ text: HOSTILE_NAMES[0] ?? '', addresses: ['aws_vpn_connection.Vpn_Connection'] }],
    },
  ],
);

describe('Mermaid', () => {
  it('is a flowchart with the networks within each other, and tunnels with their facts', () => {
    expect(sceneMermaid(markScene(sampleScene(1)))).toBe(`flowchart LR
  subgraph p0["Site 10.0.2.0/24 · ASN 65000"]
    p1["Gateway 198.51.100.10<br/>libreswan 4"]
  end
  subgraph e1["dev"]
    subgraph p2["VPC n0 · n0"]
      subgraph p3["Subnet of n0"]
        p4["workers of n0"]
      end
    end
  end
  p1 ---|"169.254.0.0/30 · MTU 1446"| p2
  p1 ---|"169.254.0.4/30 · MTU 1446"| p2
`);
  });

  it('marks with signs, words and lines', () => {
    const text = sceneMermaid(hostile) ?? '';
    expect(text).toMatch(/---\|"\(!\) 169\.254\.1\.0\/30 · MTU 1446 #91;traffic stops, made anew#93;"\|/);
    expect(text).toMatch(/linkStyle 2,3 stroke:#cf222e,stroke-width:6px/);
  });

  it('has labels that nothing ends, and that mean nothing', () => {
    for (const line of (sceneMermaid(hostile) ?? '').split('\n')) {
      const labels = [...line.matchAll(/"([^"]*)"/g)].map(([, label]) => label ?? '');
      for (const label of labels)
        expect(label.replace(/<br\/>/g, '')).toMatch(/^([\p{L}\p{M}\p{N} .,/_+()·–…!~-]|#\d+;)*$/u);
      expect(line.replace(/"[^"]*"/g, '')).toMatch(
        /^( *(flowchart LR|end|(subgraph )?[pe]\d+(\[\])?|[pe]\d+ (---|-\.-)\|\| p\d+|classDef [a-z]+ [-a-z0-9:,# ]+|class [p0-9,]+ [a-z]+|linkStyle [0-9,]+ [-a-z0-9:,# ]+|(subgraph )?[pe]\d+\[\])|)$/,
      );
    }
  });

  it.each([
    [1, undefined],
    [40, undefined],
    [200, undefined],
    [300, 'drawn without what is in the networks, and tunnels together'],
    [3000, 'networks without changes are counted'],
  ])('with %d networks fits, and says what it leaves out', (count, said) => {
    const text = sceneMermaid(markScene(sampleScene(count))) ?? '';
    expect(text.length).toBeLessThanOrEqual(MERMAID_LIMITS.characters);
    expect(text.split('\n').filter((line) => /---\|/.test(line)).length).toBeLessThanOrEqual(
      MERMAID_LIMITS.edges,
    );
    if (said === undefined) expect(text).not.toContain('note[');
    else expect(text).toMatch(new RegExp(`note\\[.*${said}`));
  });

  it('shows less and less for smaller budgets, and always says so', () => {
    const marked = markScene(sampleScene(40));
    const said = [15_000, 8000, 4000, 1000].map((characters) => {
      const text = sceneMermaid(marked, { characters }) ?? '';
      expect(text.length).toBeLessThanOrEqual(characters);
      return /note\["[^:]*diagram#58; ([^"]*)"/.exec(text)?.[1] ?? 'everything';
    });
    expect(said).toEqual([
      'everything',
      'drawn without nodes and services',
      'drawn without what is in the networks, and tunnels together',
      'networks without changes are counted',
    ]);
  });

  it('keeps the networks that change where the others are counted', () => {
    const changes = [{ address: 'aws_vpc.X', action: 'delete' }];
    const text = sceneMermaid(markScene(sampleScene(400), [{ stack: 'dev-n7', changes, outages: [] }]), {
      characters: 2000,
    });
    expect(text).toContain('VPC n7');
    expect(text).toContain('399 further blocks without changes');
    expect(text?.length).toBeLessThanOrEqual(2000);
  });

  it('says that plans were made in the sandbox', () => {
    expect(sceneMermaid(markScene(sampleScene(1), [], true))).toContain('["SIMULATED"]');
    expect(sceneDot(markScene(sampleScene(1), [], true))).toContain('label="SIMULATED"');
  });

  it('gives up where not even counts fit', () => {
    expect(sceneMermaid(markScene(sampleScene(3)), { characters: 100 })).toBeUndefined();
  });
});

describe('Graphviz', () => {
  it('writes clusters and edges', () => {
    const text = sceneDot(markScene(sampleScene(1)));
    expect(text).toContain('subgraph cluster_p2 {');
    expect(text).toMatch(/p1 -> p2 \[label="169\.254\.0\.0\/30 · MTU 1446", lhead=cluster_p2\];/);
  });
});

describeWith('dot', 'Graphviz itself', () => {
  it('reads the picture, also with hostile names', () => {
    for (const marked of [markScene(sampleScene(40)), hostile]) {
      const svg = execFileSync('dot', ['-Tsvg'], {
        input: sceneDot(marked),
        encoding: 'utf8',
        stdio: 'pipe',
      });
      expect(svg).toContain('Gateway 198.51.100.10');
    }
  });
});
