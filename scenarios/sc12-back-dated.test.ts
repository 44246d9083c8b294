import { backDated } from "./sc12-back-dated.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(backDated);
