import { reviewBomb } from "./sc21-review-bomb.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(reviewBomb);
