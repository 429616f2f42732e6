package org.imsfhir.interop;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Questionnaire;

/**
 * HL7's validator with the definitions of one folder, without network. Reads lines
 * {@code {id, text, profile?}} and answers each with {@code {id, issues: [{severity, location,
 * messageId, message}]}} until its input ends.
 */
public final class Validator {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws IOException {
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    // Output of libraries must not get between the answers.
    System.setOut(System.err);
    FhirContext context = FhirContext.forR4();
    FhirValidator validator = context.newValidator();
    validator.registerValidatorModule(instanceValidator(support(context, Path.of(args[0]))));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode request = JSON.readTree(line);
      ObjectNode answer = JSON.createObjectNode().put("id", request.get("id").asText());
      validate(validator, request, answer.putArray("issues"));
      answers.println(JSON.writeValueAsString(answer));
      answers.flush();
    }
  }

  /** Validates the text, because a parsed resource has lost unknown elements. */
  private static void validate(FhirValidator validator, JsonNode request, ArrayNode issues) {
    ValidationOptions options = new ValidationOptions();
    if (request.hasNonNull("profile")) options.addProfile(request.get("profile").asText());
    try {
      String text = request.get("text").asText();
      for (SingleValidationMessage one : validator.validateWithResult(text, options).getMessages()) {
        issues.addObject()
            .put("severity", one.getSeverity().getCode())
            .put("location", one.getLocationString())
            .put("messageId", one.getMessageId())
            .put("message", one.getMessage());
      }
    } catch (RuntimeException fault) {
      // The validator throws on invalid JSON and on some unexpected values.
      issues.addObject()
          .put("severity", "fatal")
          .put("location", "")
          .put("messageId", fault.getClass().getSimpleName())
          .put("message", String.valueOf(fault.getMessage()));
    }
  }

  static FhirInstanceValidator instanceValidator(IValidationSupport support) {
    FhirInstanceValidator validator = new FhirInstanceValidator(support);
    validator.setAnyExtensionsAllowed(false);
    validator.setErrorForUnknownProfiles(true);
    return validator;
  }

  /** The definitions of R4 and of the folder, with their terminology. */
  static IValidationSupport support(FhirContext context, Path folder) throws IOException {
    PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(context);
    Map<String, Questionnaire> questionnaires = new HashMap<>();
    for (IBaseResource definition : definitions(context, folder)) {
      if (definition instanceof Questionnaire one) {
        questionnaires.put(one.getUrl(), one);
        questionnaires.put(one.getUrl() + "|" + one.getVersion(), one);
      } else {
        ours.addResource(definition);
      }
    }
    UnknownCodeSystemWarningValidationSupport unknown =
        new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    return new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        ours,
        new Questionnaires(context, questionnaires),
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context),
        new SnapshotGeneratingValidationSupport(context),
        unknown);
  }

  static List<IBaseResource> definitions(FhirContext context, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(file -> parse(context, file))
          .toList();
    }
  }

  private static IBaseResource parse(FhirContext context, Path file) {
    try {
      return context.newJsonParser().parseResource(Files.readString(file));
    } catch (IOException fault) {
      throw new IllegalStateException(file + " cannot be read", fault);
    }
  }

  /** The other supports do not store Questionnaires, without which responses are not checked. */
  private record Questionnaires(FhirContext context, Map<String, Questionnaire> byCanonical)
      implements IValidationSupport {
    @Override
    public FhirContext getFhirContext() {
      return context;
    }

    @Override
    public <T extends IBaseResource> T fetchResource(Class<T> type, String canonical) {
      IBaseResource found = byCanonical.get(canonical);
      return type != null && type.isInstance(found) ? type.cast(found) : null;
    }
  }
}
