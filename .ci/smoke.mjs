// `up`: every service lives, and the consumer serves the articles. `down`: nobody listens any more.
const expected = process.argv[2] === 'up';
const addresses = ['http://127.0.0.1:3000', 'http://127.0.0.1:3001', 'http://127.0.0.1:4000'];

for (const address of addresses) {
  const up = await fetch(`${address}/health/live`).then(
    (answer) => answer.ok,
    () => false,
  );
  if (up !== expected) fail(`${address} is ${up ? 'up' : 'down'}`);
}
if (expected) {
  const answer = await fetch('http://127.0.0.1:4000/articles');
  const articles = await answer.json();
  if (answer.status !== 200 || articles[0]?.title !== 'first article')
    fail(`the consumer answers ${answer.status}`);
  console.log(`the consumer serves ${articles.length} articles`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
