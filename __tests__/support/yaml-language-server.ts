import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

/** What an editor shows of a catalog. */
export interface EditorView {
  /** Labels of what is offered at the cursor. */
  readonly offered: readonly string[];
  /** The text over the cursor. */
  readonly hover: string;
  /** `line:column message`, counted from 0. */
  readonly problems: readonly string[];
}

interface Diagnostic {
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly message: string;
}

/** The language server that editors run for YAML, spoken to by its own protocol. */
export class YamlLanguageServer {
  private readonly process: ChildProcess;
  private readonly connection: MessageConnection;
  private readonly published = new Map<string, (found: readonly Diagnostic[]) => void>();
  private files = 0;

  /** @param folder whose file `catalog.schema.json` the documents name */
  constructor(private readonly folder: string) {
    const program = path.join(
      path.dirname(require.resolve('yaml-language-server/package.json')),
      'bin/yaml-language-server',
    );
    this.process = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const { stdin, stdout } = this.process;
    if (stdin === null || stdout === null) throw new Error('the language server has no pipes');
    this.connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
    this.connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => (section === 'yaml' ? settings : null)),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: readonly Diagnostic[] }) =>
        this.published.get(uri)?.(diagnostics),
    );
    this.connection.listen();
  }

  async start(): Promise<void> {
    const rootUri = pathToFileURL(this.folder).href;
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'test' }],
      capabilities: {
        textDocument: { completion: {}, hover: { contentFormat: ['markdown'] }, publishDiagnostics: {} },
        workspace: { configuration: true },
      },
    });
    await this.connection.sendNotification('initialized', {});
  }

  /** Opens a catalog in which `|` marks the cursor, and looks at it. */
  async view(marked: string): Promise<EditorView> {
    const head = '# yaml-language-server: $schema=./catalog.schema.json\n';
    const before = head + (marked.includes('|') ? marked.slice(0, marked.indexOf('|')) : '');
    const text = head + marked.replace('|', '');
    const uri = pathToFileURL(path.join(this.folder, `${++this.files}.yml`)).href;
    const lines = before.split('\n');
    const at = {
      textDocument: { uri },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    };
    const published = new Promise<readonly Diagnostic[]>((resolve) => this.published.set(uri, resolve));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    const completion = await this.connection.sendRequest<{ items: readonly { label: string }[] }>(
      'textDocument/completion',
      at,
    );
    const hover = await this.connection.sendRequest<{ contents: { value: string } } | null>(
      'textDocument/hover',
      at,
    );
    return {
      offered: completion.items.map(({ label }) => label),
      hover: (hover?.contents.value ?? '').replaceAll('\\', ''),
      problems: (await published).map(
        ({ range: { start }, message }) => `${start.line}:${start.character} ${message}`,
      ),
    };
  }

  stop(): void {
    this.connection.dispose();
    this.process.kill();
  }
}
