import { hatsAgain } from "./sc20-hats.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(hatsAgain);
