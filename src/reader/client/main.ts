import { openArticle } from './article.ts';
import { openComfort, openLanguage } from './comfort.ts';
import { openDelivery } from './delivery.ts';
import { openList } from './list.ts';

/** One application for all pages: each says by `data-app` what it is. */
openDelivery();
openLanguage();
openComfort();
const app = document.querySelector('main')?.dataset.app;
if (app === 'list') openList();
else openArticle();
