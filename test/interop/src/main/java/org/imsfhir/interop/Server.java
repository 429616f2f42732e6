package org.imsfhir.interop;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.IDaoRegistry;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.binary.api.IBinaryStorageSvc;
import ca.uhn.fhir.jpa.binstore.DatabaseBinaryContentStorageSvcImpl;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.dao.FulltextSearchSvcImpl;
import ca.uhn.fhir.jpa.dao.IFulltextSearchSvc;
import ca.uhn.fhir.jpa.dao.search.HSearchSortHelperImpl;
import ca.uhn.fhir.jpa.dao.search.IHSearchSortHelper;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.subscription.match.config.SubscriptionProcessorConfig;
import ca.uhn.fhir.jpa.subscription.match.deliver.email.IEmailSender;
import ca.uhn.fhir.jpa.subscription.submit.config.SubscriptionSubmitterConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.narrative2.NullNarrativeGenerator;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.RequestValidatingInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.commons.dbcp2.BasicDataSource;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ImplementationGuide;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI's JPA server with its data in memory, on a free port of the loopback interface. Prints its base URL
 * when it is ready and ends when its input ends. With a folder of definitions it installs them and rejects
 * resources that are invalid.
 */
@Configuration
@Import({
  ThreadPoolFactoryConfig.class,
  JpaR4Config.class,
  JpaBatch2Config.class,
  Batch2JobsConfig.class,
  SubscriptionSubmitterConfig.class,
  SubscriptionProcessorConfig.class,
  SubscriptionChannelConfig.class,
})
public class Server {
  public static void main(String[] args) {
    try {
      serve(args);
      System.exit(0);
    } catch (Exception fault) {
      // Without exit, threads of the server would keep the process running and its parent waiting.
      fault.printStackTrace();
      System.exit(1);
    }
  }

  private static void serve(String[] args) throws Exception {
    ApplicationContext beans = new AnnotationConfigApplicationContext(Server.class);
    RestfulServer fhir = beans.getBean(RestfulServer.class);
    if (args.length > 0) {
      install(beans, Path.of(args[0]));
      fhir.registerInterceptor(validating(beans));
    }
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("hapi").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("relaxedQueryChars", "|");
    Context root = tomcat.addContext("", null);
    Tomcat.addServlet(root, "fhir", fhir);
    root.addServletMappingDecoded("/fhir/*", "fhir");
    tomcat.start();
    System.out.println("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/fhir");
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private static void install(ApplicationContext beans, Path folder) throws IOException {
    DaoRegistry daos = beans.getBean(DaoRegistry.class);
    List<IBaseResource> definitions =
        new ArrayList<>(Validator.definitions(beans.getBean(FhirContext.class), folder));
    // The guide refers to all other definitions, which must be installed first.
    definitions.sort(Comparator.comparing(one -> one instanceof ImplementationGuide));
    for (IBaseResource definition : definitions) {
      daos.getResourceDao(definition).update(definition, new SystemRequestDetails());
    }
  }

  /** Uses the validation support of the server, which finds the installed definitions. */
  private static RequestValidatingInterceptor validating(ApplicationContext beans) {
    RequestValidatingInterceptor interceptor = new RequestValidatingInterceptor();
    IValidationSupport support = beans.getBean(IValidationSupport.class);
    FhirInstanceValidator validator = Validator.instanceValidator(support);
    interceptor.addValidatorModule(validator);
    interceptor.setFailOnSeverity(ResultSeverityEnum.ERROR);
    return interceptor;
  }

  @Bean
  JpaStorageSettings storageSettings() {
    JpaStorageSettings settings = new JpaStorageSettings();
    // Indexes terminology immediately instead of some time after a CodeSystem is stored.
    settings.setDeferIndexingForCodesystemsOfSize(100_000);
    settings.setPreExpandValueSets(false);
    settings.setAllowMultipleDelete(true);
    return settings;
  }

  @Bean
  SubscriptionSettings subscriptionSettings() {
    SubscriptionSettings settings = new SubscriptionSettings();
    settings.addSupportedSubscriptionType(org.hl7.fhir.dstu2.model.Subscription.SubscriptionChannelType.RESTHOOK);
    return settings;
  }

  @Bean
  PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  @Bean(destroyMethod = "close")
  DataSource dataSource() {
    BasicDataSource source = new BasicDataSource();
    source.setUrl("jdbc:h2:mem:hapi;DB_CLOSE_DELAY=-1");
    source.setUsername("sa");
    source.setPassword("");
    return source;
  }

  @Primary
  @Bean
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      DataSource source,
      ConfigurableListableBeanFactory beans,
      FhirContext context,
      JpaStorageSettings settings) {
    LocalContainerEntityManagerFactoryBean factory =
        HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, settings);
    factory.setPersistenceUnitName("HAPI_PU");
    factory.setDataSource(source);
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "hibernate.dialect", HapiFhirH2Dialect.class.getName(),
            "hibernate.hbm2ddl.auto", "update",
            "hibernate.jdbc.batch_size", "20",
            "hibernate.cache.use_query_cache", "false",
            "hibernate.cache.use_second_level_cache", "false",
            "hibernate.search.enabled", "false"));
    factory.setJpaProperties(properties);
    return factory;
  }

  @Primary
  @Bean
  JpaTransactionManager transactionManager(EntityManagerFactory factory) {
    return new JpaTransactionManager(factory);
  }

  @Bean
  IFulltextSearchSvc fulltextSearch() {
    return new FulltextSearchSvcImpl();
  }

  @Bean
  IStaleSearchDeletingSvc staleSearchDeleting() {
    return new StaleSearchDeletingSvcImpl();
  }

  @Bean
  IHSearchSortHelper sortHelper(ISearchParamRegistry searchParams) {
    return new HSearchSortHelperImpl(searchParams);
  }

  @Bean
  DatabaseBackedPagingProvider pagingProvider() {
    return new DatabaseBackedPagingProvider();
  }

  @Bean
  IResourceSupportedSvc resourceSupported(IDaoRegistry daos) {
    return new DaoRegistryResourceSupportedSvc(daos);
  }

  @Bean(name = "myResourceCountsCache")
  ResourceCountCache resourceCounts(IFhirSystemDao<?, ?> system) {
    return new ResourceCountCache(system::getResourceCounts);
  }

  @Bean
  IBinaryStorageSvc binaryStorage() {
    return new DatabaseBinaryContentStorageSvcImpl();
  }

  @Bean
  IEmailSender emailSender() {
    return details -> {};
  }

  @Bean
  RestfulServer restfulServer(
      FhirContext context,
      IFhirSystemDao<?, ?> system,
      IJpaSystemProvider systemProvider,
      ResourceProviderFactory resources,
      DatabaseBackedPagingProvider paging,
      JpaStorageSettings settings,
      ISearchParamRegistry searchParams,
      IValidationSupport validationSupport,
      BulkDataExportProvider bulkExport) {
    context.setNarrativeGenerator(new NullNarrativeGenerator());
    RestfulServer server = new RestfulServer(context);
    server.registerProviders(resources.createProviders());
    server.registerProviders(systemProvider, bulkExport);
    server.setServerConformanceProvider(
        new JpaCapabilityStatementProvider(server, system, settings, searchParams, validationSupport));
    server.setPagingProvider(paging);
    server.setDefaultResponseEncoding(EncodingEnum.JSON);
    return server;
  }
}
