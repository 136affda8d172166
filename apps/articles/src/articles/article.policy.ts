import type { Policy, Principal } from '@gatehouse/access';
import type { Article } from './article.entity.js';

/** What not everybody may do to an article who may write articles. */
export type ArticleAction = 'change' | 'remove';

/** An article is its author's to change and to remove, and an admin's. */
export const articlePolicy: Policy<ArticleAction, Pick<Article, 'authorId'>> = {
  refusal: 'Only its author or an admin may do this to an article.',

  can({ id, roles }: Principal, _action, { authorId }): boolean {
    return id === authorId || roles.includes('admin');
  },
};
