import { choice, constant, list, object, text } from './shapes';

const BUILT = {
  stack: text('The stack that makes it'),
  resources: list(text(), 'The addresses of its resources'),
};

/** What a picture shows. */
export const SCENE = object({
  version: constant(1),
  environments: list(text()),
  parts: list(
    object(
      {
        id: text(),
        kind: choice([
          'site',
          'gateway',
          'host',
          'server',
          'network',
          'subnet',
          'service',
          'nodes',
          'entry',
          'gone',
        ]),
        environments: list(text()),
        title: text(),
        lines: list(text()),
      },
      { ...BUILT, sharedWith: list(text()), within: text('The part that it is in') },
    ),
  ),
  links: list(
    object(
      {
        id: text(),
        kind: choice(['tunnel', 'attachment']),
        from: text(),
        to: text(),
        title: text(),
        lines: list(text()),
      },
      BUILT,
    ),
  ),
});
