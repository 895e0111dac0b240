// Makes the book's pages live where `book serve` serves them: code cells become editors that run on this machine.
import { Connection } from "./connection.js";
import { makeLive } from "./page.js";
import { markExercises } from "./exercises.js";

markExercises();
const article = document.querySelector("article.chapter");
if (article) makeLive(article, Connection);
