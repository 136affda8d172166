// `up`: the consumer serves the articles, with identity and articles behind it. `down`: nobody listens any more.
const expected = process.argv[2];
const addresses = ['http://127.0.0.1:3000', 'http://127.0.0.1:3001', 'http://127.0.0.1:4000'];

const answers = await Promise.all(
  addresses.map((url) => fetch(`${url}/health/live`).then((answer) => answer.ok, () => false)),
);
if (answers.some((alive) => alive !== (expected === 'up'))) {
  console.error(`expected all ${expected}, but ${addresses.map((url, i) => `${url} is ${answers[i] ? 'up' : 'down'}`)}`);
  process.exit(1);
}
if (expected === 'up') {
  const answer = await fetch('http://127.0.0.1:4000/articles');
  const articles = await answer.json();
  console.log(`GET :4000/articles: ${answer.status}, ${articles.length} articles`);
  if (answer.status !== 200 || articles[0]?.title !== 'first article') process.exit(1);
}
