import type { Tree } from '@nx/devkit';
import { type Document, isScalar, type Node, Pair, parseDocument, visit } from 'yaml';
import { appsIn, existingService, type Service } from '../service.ts';

const COMPOSE_FILE = /^(docker-)?compose(\..+)?\.ya?ml$/;

/** As a container, in every compose file: behind another service of the same kind, wherever that one is named. */
export function registerContainer(tree: Tree, service: Service): void {
  for (const path of tree.children('.').filter((name) => COMPOSE_FILE.test(name))) {
    const document = parseDocument(tree.read(path, 'utf8') ?? '');
    const model = modelIn(tree, document, service);
    if (!model || document.hasIn(['services', service.plural])) continue;
    enterBeside(document, model, service);
    tree.write(path, document.toString({ lineWidth: 0 }));
  }
}

/** Another guarded service with a database of its own: it has a container that migrates that, or its secret. */
function modelIn(tree: Tree, document: Document, { plural }: Service): Service | undefined {
  const others = appsIn(tree).filter((app) => app !== 'identity' && app !== plural);
  return others
    .map((app) => existingService(tree, app))
    .find(
      (app) =>
        document.hasIn(['services', `migrate-${app.plural}`]) ||
        document.hasIn(['secrets', `${app.table}_database_url`]),
    );
}

function enterBeside(document: Document, model: Service, service: Service): void {
  const additions: (() => void)[] = [];
  visit(document, {
    Map(_, { items }) {
      const pairs = items.filter(({ key }) => names(model, key)) as Pair<Node, Node | null>[];
      additions.push(() => items.push(...pairs.map((pair) => likenessOf(pair, model, service))));
    },
    // What is within the model's own entry is taken over with it.
    Pair: (_, { key }) => (names(model, key) ? visit.SKIP : undefined),
    Seq(_, { items }) {
      const found = items.filter((item) => names(model, item)) as Node[];
      additions.push(() => items.push(...found.map((item) => renamed(item, model, service))));
    },
  });
  for (const add of additions) add();
}

/** Whether a node is one of the service's names there: its container, its migration, its secrets, or its port. */
function names({ plural, table, port }: Service, node: unknown): boolean {
  if (!isScalar(node)) return false;
  const secrets = [`${table}_database_url`, `${table}_client_secret`];
  const own = [plural, `migrate-${plural}`, ...secrets, `127.0.0.1:${port}:${port}`];
  return own.includes(String(node.value));
}

function likenessOf({ key, value }: Pair<Node, Node | null>, model: Service, service: Service): Pair {
  return new Pair(renamed(key, model, service), value && renamed(value, model, service));
}

/** A copy that says the one's names where the original says the other's. */
function renamed(node: Node, model: Service, service: Service): Node {
  const copy = node.clone() as Node;
  copy.commentBefore = undefined;
  visit(copy, {
    Node(_, each) {
      if ('anchor' in each) each.anchor = undefined;
    },
    Scalar(_, scalar) {
      if ('anchor' in scalar) scalar.anchor = undefined;
      if (typeof scalar.value !== 'string') return;
      scalar.value = scalar.value
        .replaceAll(`${model.table}_`, `${service.table}_`)
        .replaceAll(model.plural, service.plural)
        .replaceAll(String(model.port), String(service.port));
    },
  });
  return copy;
}
